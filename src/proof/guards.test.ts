import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readMade } from './guards.ts';

const read = (...migrations: string[]) => {
  const functions = new Map<string, string>();
  const triggers = new Map<string, string>();
  for (const sql of migrations) readMade(sql, functions, triggers);
  return { functions, triggers };
};

const first = `
-- A table that cannot be changed.
create function a.refuse() returns trigger language plpgsql as $$
begin raise exception 'no'; end $$;
create trigger fixed before update or delete on a.thing
  for each row execute function a.refuse();
create function a.may(who uuid, why text) returns boolean
language sql stable security definer set search_path = '' as $body$ select true $body$;
revoke all on function a.may from public;`;

test('r.object-restrict: functions and triggers are taken out of a migration', () => {
  const { functions, triggers } = read(first);
  assert.deepEqual([...functions.keys()], ['a.refuse', 'a.may']);
  assert.deepEqual([...triggers.keys()], ['fixed on a.thing']);
  assert.match(functions.get('a.may')!, /true,true\]$/, 'runs with its owner’s rights, on a path of its own');
  assert.match(functions.get('a.refuse')!, /false,false\]$/);
  assert.match(
    triggers.get('fixed on a.thing')!,
    /"before",\["delete","update"\],\["",""\],"row",false,"a.refuse",true/,
  );
});

test('r.object-restrict: a later migration replaces and drops what an earlier one made', () => {
  const later = `
    create or replace function a.may(who uuid, why text) returns boolean
    language sql stable security definer set search_path = '' as $$ select false $$;
    drop trigger fixed on a.thing; drop function if exists a.refuse();`;
  const { functions, triggers } = read(first, later);
  assert.deepEqual([...functions.keys()], ['a.may']);
  assert.notEqual(functions.get('a.may'), read(first).functions.get('a.may'));
  assert.equal(triggers.size, 0);
});

test('0.security: every word that decides what a function may do shows in its form', () => {
  const forms = [
    `create function a.f() returns int language sql as $$ select 1 $$;`,
    `create function a.f() returns int language sql as $$ select 2 $$;`,
    `create function a.f() returns int language sql security definer as $$ select 1 $$;`,
    `create function a.f() returns int language sql as $$ select 1 $$ security definer set search_path = '';`,
  ].map((sql) => read(sql).functions.get('a.f'));
  assert.equal(new Set(forms).size, forms.length);
});

test('k.as-needed: what a trigger calls the rows of its statement is part of its form', () => {
  const forms = [
    'create trigger t after insert on a.thing for each statement execute function a.f();',
    'create trigger t after insert on a.thing referencing new table as added for each statement execute function a.f();',
    `create trigger t after update on a.thing referencing old table as gone new table as added
       for each statement execute function a.f();`,
  ].map((sql) => read(sql).triggers.get('t on a.thing'));
  assert.match(forms[0]!, /\["insert"\],\["",""\],"statement"/);
  assert.match(forms[1]!, /\["insert"\],\["","added"\],"statement"/);
  assert.match(forms[2]!, /\["update"\],\["gone","added"\],"statement"/);
});
