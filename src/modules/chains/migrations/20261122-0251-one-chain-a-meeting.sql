create unique index chain_of_meeting on chains.chain (org_id, meeting_id) where meeting_id is not null and dropped_reason is null;
