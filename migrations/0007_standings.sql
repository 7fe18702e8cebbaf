-- How each account stands towards the gate: what every page and every upload asks, counted in one place.
create view standings as
select
  users.id as user_id,
  emails.address,
  emails.verified_at,
  (select count(*) from security_keys where security_keys.user_id = users.id) as security_keys,
  (select count(*) from totps where totps.user_id = users.id and disabled_at is null) as working_totps,
  (select count(*) from totps where totps.user_id = users.id and disabled_at is not null) as disabled_totps,
  (select count(*) from recovery_codes where recovery_codes.user_id = users.id and confirmed_at is not null and used_at is null) as recovery_codes
from users join emails on emails.user_id = users.id and emails.primary_since is not null;
