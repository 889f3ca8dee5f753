create index pack_by_from on handover.pack (from_id);

create index pack_by_to on handover.pack (to_id)
