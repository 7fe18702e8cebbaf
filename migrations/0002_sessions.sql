create table login_attempts (
  id text primary key,
  user_id text not null references users (id) on delete cascade,
  security_epoch integer not null,
  expires_at bigint not null
);
create index login_attempts_user on login_attempts (user_id);

create table sessions (
  id text primary key,
  user_id text not null references users (id) on delete cascade,
  security_epoch integer not null,
  method text not null check (method in ('password', 'totp', 'security_key', 'recovery_code')),
  ip text,
  user_agent text,
  authenticated_at bigint not null,
  last_seen_at bigint not null,
  created_at bigint not null
);
create index sessions_user on sessions (user_id);

create table step_ups (
  session_id text not null references sessions (id) on delete cascade on update cascade,
  act text not null,
  expires_at bigint not null,
  primary key (session_id, act)
);

create table kept_forms (
  id text primary key,
  session_id text not null references sessions (id) on delete cascade on update cascade,
  path text not null,
  fields text not null,
  expires_at bigint not null
);
create index kept_forms_session on kept_forms (session_id);

create table limits (
  bucket text primary key,
  hits integer not null,
  ends_at bigint not null
);
