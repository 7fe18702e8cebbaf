-- Releases in the order of their versions, without reading all of them: texts that sort as PEP 440 does (lib/pep440.ts). What is no
-- pre-release has a second one.
alter table releases add column version_order text not null default '';
alter table releases add column final_order text;
create index releases_order on releases (project_id, version_order);
create index releases_final on releases (project_id, final_order) where final_order is not null;
