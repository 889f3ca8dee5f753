alter table merits.record add column restored_doc_no text
