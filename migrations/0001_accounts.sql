create table users (
  id text primary key,
  username text not null,
  canonical_username text not null unique,
  full_name text not null,
  password text not null,
  password_changed_at bigint not null,
  security_epoch integer not null,
  webauthn_user_id text not null unique,
  admin_since bigint,
  frozen_at bigint,
  created_at bigint not null
);

create table emails (
  id text primary key,
  user_id text not null references users (id) on delete cascade,
  address text not null,
  canonical_address text not null,
  primary_since bigint,
  verified_at bigint,
  created_at bigint not null,
  unique (user_id, canonical_address)
);
create unique index emails_one_verified on emails (canonical_address) where verified_at is not null;
create unique index emails_one_primary on emails (user_id) where primary_since is not null;

create table email_links (
  id text primary key,
  email_id text not null references emails (id) on delete cascade,
  security_epoch integer not null,
  expires_at bigint not null
);
create index email_links_email on email_links (email_id);
