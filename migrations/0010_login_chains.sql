-- Log-ins that one browser began upon one account: when one of them is finished, none of them is told to the owner as unfinished.
alter table login_attempts add column chain text not null default '';
