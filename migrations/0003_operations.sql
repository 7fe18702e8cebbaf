create table events (
  id text primary key,
  tag text not null,
  actor_id text,
  session_id text,
  token_id text,
  ip text,
  user_agent text,
  user_id text,
  project_id text,
  details text not null,
  at bigint not null
);
create index events_user on events (user_id, at) where user_id is not null;
create index events_project on events (project_id, at) where project_id is not null;

create table jobs (
  id text primary key,
  name text not null,
  payload text not null,
  run_at bigint not null,
  attempts integer not null,
  leased_until bigint,
  failed_at bigint,
  last_error text
);
create index jobs_due on jobs (run_at) where failed_at is null;
