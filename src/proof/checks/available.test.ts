import assert from 'node:assert/strict';
import { test } from 'node:test';
import { prove } from '#proof/prove.ts';
import { catches, stage, type Twin } from '#test/stage.ts';

const SERVED = 'Every host serves the statement in force, whole, in both languages';

const twins: Twin[] = [
  {
    title: 'v.available: a host that shows another version is found',
    breaks: (house) =>
      house.sql(
        `update proof.page set fingerprint = repeat('0', 64) where host = 'catacloud.no' and language = 'en'`,
      ),
    finds: { [SERVED]: /^catacloud\.no \(en\) shows another version$/ },
  },
  {
    title: 'v.available: a page that lacks a passage is found',
    breaks: (house) =>
      house.sql(
        `update proof.page set passages = passages - 2 where host = 'catacloud.no' and language = 'nb'`,
      ),
    finds: { [SERVED]: /^catacloud\.no \(nb\) lacks passages \(2\)$/ },
  },
  {
    title: 'v.available: a host that does not answer is found, and one that answers with something else',
    breaks: (house) =>
      house.sql(
        `update proof.page set status = case host when 'catacloud.no' then 0 else 503 end where language = 'nb'`,
      ),
    finds: { [SERVED]: /^catacloud\.no \(nb\) did not answer; .*answered 503/ },
  },
  {
    title: 'v.available: a host that was forgotten is found',
    breaks: (house) => house.sql(`delete from proof.page where host = 'catacloud.no'`),
    finds: { [SERVED]: /^catacloud\.no \(nb\) was not looked at; catacloud\.no \(en\) was not looked at$/ },
  },
];

for (const twin of twins) test(twin.title, () => catches(twin));

test('v.available: until a server has seen the version in force served, the clause is not counted as kept', async () => {
  const house = await stage();
  try {
    await house.sql(`update proof.page set at = '2020-01-01'`);
    const { ok, notYet } = await prove(house.installation, 'v.available');
    assert.equal(ok, false);
    assert.match(notYet[0]?.why ?? '', /no server has fetched/);
  } finally {
    await house.close();
  }
});
