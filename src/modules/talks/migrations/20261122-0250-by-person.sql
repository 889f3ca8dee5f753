create index talk_by_a on talks.talk (a_id);

create index talk_by_b on talks.talk (b_id)
