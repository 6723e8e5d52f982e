"""Three tracks of a dossier as the database works them out of its status and state, for lists and connectors."""

PAYMENT = """case
  when jsonb_path_exists(state, '$.refunded[last] ? (@.entire == true)') then 'refunded'
  when jsonb_path_exists(state, '$.refunded[0]') then 'partly_refunded'
  when status not in ('not_accepted', 'returned', 'withdrawn', 'stopped')
    and coalesce(state ->> 'ending', '') <> 'refused'
    and jsonb_path_exists(state, '$.owed[*] ? (@.amount.amount > 0 && !(@.paid == true))') then 'owed'
  when jsonb_path_exists(state, '$.owed[*] ? (@.amount.amount > 0 && @.paid == true)') then 'paid'
  else 'none'
end"""

HANDOVER = """case
  when status = 'returned' then 'returned'
  when status = 'decided' and state ? 'posted_at' then 'handed_to_post'
  when status = 'decided' then 'ready'
  else 'not_ready'
end"""

SYNC = "case when state ->> 'told' = status then 'sent' else 'pending' end"
