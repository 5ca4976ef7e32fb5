-- Whether the people in this database are real: once letters have left for them, no command may make time up, wherever it
-- is run and whatever its own settings are.
alter table platform.installation add column letters_left_at timestamptz;
comment on column platform.installation.letters_left_at is 'none: since when letters leave the house from here';
