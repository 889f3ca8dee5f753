create index profile_marked_away on members.profile (person_id) where mobile or lost
