-- An invitation of somebody on hold stays when it is answered or taken back, and must let nobody in from then on.
alter table customers.invitation add column served_at timestamptz;
comment on column customers.invitation.served_at is 'access.level: when it was answered or taken back, where a hold keeps it';
