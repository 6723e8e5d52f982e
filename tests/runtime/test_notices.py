"""News reaches the applicant through a real mail server, once; without one that is recorded."""

from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage

import pytest
from sqlalchemy import text

from common.db import Database
from common.jobs import Work
from config import Settings, SettingsError, read_settings
from runtime import dossiers
from runtime.mail import Mail, MailServer, send
from runtime.models.papers import Notice
from runtime.notices import send_waiting
from runtime.office import Office, equip
from tests.runtime.small import MONDAY
from tests.runtime.smtp import mail_server
from tests.runtime.town import Town, town_in


@pytest.fixture
def post(settings: Settings) -> Iterator[tuple[Settings, list[EmailMessage]]]:
    with mail_server() as (address, received):
        yield replace(settings, mail_server=address, mail_sender="Một Cửa <motcua@example.vn>"), received


def test_each_change_becomes_a_mail_in_the_applicants_language(
    town: Town, office: Office, post: tuple[Settings, list[EmailMessage]]
) -> None:
    settings, received = post
    equip(town.session.get_bind().engine, replace(office, sends_mail=True))
    vietnamese, english = town.filed(), town.filed(by=town.citizen("congdan2"))
    dossiers.accept(town.session, vietnamese, by=town.official("reception"), at=MONDAY)
    notices = town.all(Notice)
    assert {notice.status for notice in notices} == {"waiting"}
    for notice in notices:
        send_waiting(Work(town.session, MONDAY, office.files, settings), notice.id)
    assert [(mail["To"], mail["Subject"]) for mail in received] == [
        ("thuylinh@example.vn", "Đã nhận hồ sơ gửi trực tuyến 000.21.01.H99-260302-0001"),
        ("hoangnam@example.vn", f"Your filing {english.filing_number} has arrived"),
        ("thuylinh@example.vn", "Hồ sơ 000.21.01.H99-260302-0001 đã được tiếp nhận"),
    ]
    told = received[2].get_content()
    for words in (
        "Kính gửi Ông/Bà Nguyễn Thị Thuỳ Linh,",
        "Ủy ban nhân dân phường Tân An đã tiếp nhận hồ sơ.",
        "Thời gian trả kết quả: trong ngày 05 tháng 3 năm 2026.",
        "Thủ tục: Cấp giấy xác nhận",
        f"http://127.0.0.1:8000/my/dossiers/{vietnamese.filing_number}",
    ):
        assert words in told
    assert received[2]["From"] == "Một Cửa <motcua@example.vn>"
    assert received[2]["Message-ID"].endswith("@example.vn>")
    assert {notice.status for notice in notices} == {"sent"}
    assert all(notice.sent_at == MONDAY for notice in notices)


def test_a_mail_is_sent_once_however_often_its_job_runs(
    town: Town, office: Office, post: tuple[Settings, list[EmailMessage]]
) -> None:
    settings, received = post
    equip(town.session.get_bind().engine, replace(office, sends_mail=True))
    town.filed()
    (notice,) = town.all(Notice)
    for _ in range(3):
        send_waiting(Work(town.session, MONDAY, office.files, settings), notice.id)
    assert len(received) == 1


def test_the_job_exists_exactly_when_the_act_was_committed(database: Database, office: Office) -> None:
    equip(database.engine, replace(office, sends_mail=True))
    try:
        with database.transaction() as session:
            town_in(session).filed()
            raise ConnectionError("the power goes")
    except ConnectionError:
        pass
    assert _jobs(database) == []
    with database.transaction() as session:
        town_in(session).filed()
    assert _jobs(database) == ["letters.print", "notices.send_news"]


def test_without_a_mail_server_news_is_recorded_as_not_sent(
    town: Town, office: Office, settings: Settings
) -> None:
    town.filed()
    (notice,) = town.all(Notice)
    assert (notice.status, notice.why) == ("not_sent", "no_mail_server")
    assert MailServer.of(settings) is None
    equip(town.session.get_bind().engine, replace(office, sends_mail=True))
    town.filed()
    later = town.all(Notice)[1]
    send_waiting(Work(town.session, MONDAY, office.files, settings), later.id)
    assert (later.status, later.why) == ("not_sent", "no_mail_server")


def test_who_has_no_address_is_not_written_to(town: Town) -> None:
    reception = town.official("reception")
    application = town.begun(reception)
    person = {key: said for key, said in application.answers["person"].items() if key != "email"}
    application.answers = {"person": person}
    dossiers.enter_at_counter(town.session, application, by=reception, at=MONDAY)
    assert {(n.status, n.why) for n in town.all(Notice)} == {("not_sent", "no_address")}


def test_a_server_that_does_not_answer_fails_the_job_so_that_it_is_tried_again(settings: Settings) -> None:
    away = replace(settings, mail_server="smtp://127.0.0.1:1", mail_sender="a@b.vn")
    server = MailServer.of(away)
    assert server is not None
    with pytest.raises(OSError, match="refused"):
        send(server, Mail("a@b.vn", "x", "y", "z"))


def test_a_long_subject_with_accents_arrives_as_it_was_written(
    post: tuple[Settings, list[EmailMessage]],
) -> None:
    settings, received = post
    server = MailServer.of(settings)
    assert server is not None
    subjects = (
        "Nhắc việc ngày 02/03/2026: 1 hồ sơ cần lưu ý",
        "Hồ sơ 000.21.01.H99-260302-0001 đã được tiếp nhận và hẹn trả kết quả vào ngày 05 tháng 3 năm 2026",
        "There is a result",
    )
    for subject in subjects:
        send(server, Mail("a@b.vn", subject, "x", "y"))
    assert tuple(str(mail["Subject"]) for mail in received) == subjects


def test_the_setting_of_the_mail_server_is_read_and_judged() -> None:
    environment = {
        "MOTCUA_DATA_FOLDER": "/tmp/motcua-no-such-folder",
        "MOTCUA_SECRET_KEY": "x" * 32,
        "MOTCUA_IDENTITY_KEY": "y" * 32,
    }
    with pytest.raises(SettingsError, match="MOTCUA_MAIL_SENDER: missing"):
        read_settings({**environment, "MOTCUA_MAIL_SERVER": "smtp://mail.example.vn"})
    with pytest.raises(SettingsError, match="expected smtp://"):
        read_settings({**environment, "MOTCUA_MAIL_SERVER": "mail.example.vn"})
    given = {"MOTCUA_MAIL_SERVER": "smtps://a%40b:p%3Aw@mail.vn", "MOTCUA_MAIL_SENDER": "a@b.vn"}
    server = MailServer.of(read_settings({**environment, **given}))
    assert server == MailServer("mail.vn", 465, True, "a@b", "p:w", "a@b.vn")


def _jobs(database: Database) -> list[str]:
    with database.session() as session:
        return list(session.scalars(text("select task_name from procrastinate_jobs")))
