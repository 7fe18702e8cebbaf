create table totps (
  user_id text primary key references users (id) on delete cascade,
  secret text not null,
  last_step bigint not null,
  failures integer not null,
  disabled_at bigint,
  last_used_at bigint,
  created_at bigint not null
);

create table pending_totps (
  session_id text primary key references sessions (id) on delete cascade on update cascade,
  secret text not null,
  expires_at bigint not null
);

create table security_keys (
  credential_id text primary key,
  user_id text not null references users (id) on delete cascade,
  label text not null,
  public_key text not null,
  sign_count bigint not null,
  device_type text not null check (device_type in ('singleDevice', 'multiDevice')),
  transports text not null,
  last_used_at bigint,
  created_at bigint not null,
  unique (user_id, label)
);

create table webauthn_challenges (
  holder_id text not null,
  purpose text not null check (purpose in ('register', 'log_in', 'step_up')),
  act text,
  challenge text not null,
  expires_at bigint not null,
  primary key (holder_id, purpose)
);

create table recovery_codes (
  id text primary key,
  user_id text not null references users (id) on delete cascade,
  mac text not null unique,
  confirmed_at bigint,
  used_at bigint,
  created_at bigint not null
);
create index recovery_codes_user on recovery_codes (user_id);
