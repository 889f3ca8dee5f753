create index task_by_place on tasks.task (source_place_id) where source in ('rectification', 'guidance')
