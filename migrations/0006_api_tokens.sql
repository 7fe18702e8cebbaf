create table api_tokens (
  id text primary key,
  user_id text not null references users (id) on delete cascade,
  project_id text references projects (id) on delete cascade,
  description text not null,
  root_key text not null,
  security_epoch integer not null,
  expires_at bigint not null,
  last_used_at bigint,
  revoked_at bigint,
  created_at bigint not null
);
create index api_tokens_user on api_tokens (user_id);
