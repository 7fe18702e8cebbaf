create table index_state (
  id integer primary key check (id = 1),
  serial bigint not null,
  host text
);
insert into index_state (id, serial) values (1, 0);

create table projects (
  id text primary key,
  name text not null,
  normalized_name text not null unique,
  lookalike_key text not null unique,
  last_serial bigint not null,
  created_at bigint not null
);
create index projects_serial on projects (last_serial);

create table project_roles (
  project_id text not null references projects (id) on delete cascade,
  user_id text not null references users (id) on delete cascade,
  role text not null check (role in ('owner', 'maintainer')),
  created_at bigint not null,
  primary key (project_id, user_id)
);
create index project_roles_user on project_roles (user_id);

create table releases (
  id text primary key,
  project_id text not null references projects (id) on delete cascade,
  version text not null,
  version_key text not null,
  metadata text not null,
  description_html text not null,
  created_at bigint not null,
  unique (project_id, version_key)
);
create index releases_newest on releases (created_at);

create table files (
  id text primary key,
  project_id text not null references projects (id) on delete cascade,
  release_id text not null references releases (id) on delete cascade,
  filename text not null unique,
  slot text not null unique,
  kind text not null check (kind in ('bdist_wheel', 'sdist')),
  size bigint not null,
  sha256 text not null,
  blake2_256 text not null,
  md5 text not null,
  metadata_sha256 text,
  metadata_size bigint,
  requires_python text,
  yanked_at bigint,
  yanked_reason text,
  uploaded_by text references users (id) on delete set null,
  created_at bigint not null
);
create index files_project on files (project_id, created_at);
create index files_release on files (release_id);
create index files_content on files (sha256);
create index files_metadata on files (metadata_sha256) where metadata_sha256 is not null;
