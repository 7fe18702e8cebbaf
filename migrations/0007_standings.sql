-- How each account stands towards the gate: what every page and every upload asks, counted in one place.
create view standings as
select
  user_id,
  address,
  verified_at,
  (select count(*) from security_keys where security_keys.user_id = emails.user_id) as security_keys,
  (select count(*) from totps where totps.user_id = emails.user_id and disabled_at is null) as working_totps,
  (select count(*) from totps where totps.user_id = emails.user_id and disabled_at is not null) as disabled_totps,
  (select count(*) from recovery_codes where recovery_codes.user_id = emails.user_id and confirmed_at is not null and used_at is null) as recovery_codes
from emails
where primary_since is not null;
