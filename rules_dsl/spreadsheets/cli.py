"""`motcua rules table`: a table of a rule file as a sheet for Excel and its like, and back."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from common.problems import Finding
from rules_dsl import nodes as n
from rules_dsl.facts import Scope
from rules_dsl.files import form_option, read_form_scope, read_text, readable
from rules_dsl.parser import Parsed, parse
from rules_dsl.reporting import finding_json, show_findings
from rules_dsl.spreadsheets.changes import Change, changes
from rules_dsl.spreadsheets.files import FORMATS, read_sheet, write_sheet
from rules_dsl.spreadsheets.reading import read_table
from rules_dsl.spreadsheets.checking import check_table
from rules_dsl.spreadsheets.replacing import with_table
from rules_dsl.spreadsheets.writing import sheet_of
