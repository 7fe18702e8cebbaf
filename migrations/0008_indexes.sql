-- Rows that go with another row are found without a scan: at a million accounts and fourteen million files a sweep must not stop the index.
create index files_uploader on files (uploaded_by) where uploaded_by is not null;
create index api_tokens_project on api_tokens (project_id) where project_id is not null;
create index users_created on users (created_at);
create index limits_ended on limits (ends_at);
create index sessions_seen on sessions (last_seen_at);
