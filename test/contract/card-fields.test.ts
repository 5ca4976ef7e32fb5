import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { COMPANY } from '#test/clients.ts';
import {
  callersOf,
  describedApi,
  Examiner,
  type Operation,
  pathOf,
  type Shape,
  sampleOf,
} from '#test/operations.ts';
import { World } from '#test/world.ts';

/** Numbers that issuers give out for trials, as people write them. */
const CARDS = ['4111111111111111', 'mitt kort er 5555 5555 5555 4444'];

/** What stands in the other fields, so that it is the card that is refused wherever that can be. */
const FINE = {
  name: 'Kari Prøve',
  email: 'kari.prove@firma.example',
  phone: '+4710000001',
  topics: ['nyhetsbrev'],
  number: COMPANY.number,
  modules: ['arkiv'],
  level: 'user',
  rights: [],
};

let world: World;
let examiner: Examiner;
let operations: Operation[];
let client: string;
let cookies: Record<string, string>;

before(async () => {
  world = await World.open();
  const described = await describedApi(world);
  operations = described.operations;
  examiner = new Examiner(world, described.codes, ['411111', '5555 5555']);
  ({ cookies, client } = await callersOf(world));
});
after(() => world.close());

/** A body of a shape for each text in it that is free, with another text there and a name of the place. */
function* everyText(shape: Shape, text: string, place = ''): Generator<[place: string, body: unknown]> {
  if (shape.anyOf !== undefined) {
    for (const one of shape.anyOf) yield* everyText(one, text, place);
  } else if (shape.type === 'array') {
    for (const [where, item] of everyText(shape.items ?? {}, text, `${place}[]`)) yield [where, [item]];
  } else if (shape.type === 'object') {
    const whole = sampleOf(shape, FINE) as Record<string, unknown>;
    for (const [name, one] of Object.entries(shape.properties ?? {}))
      for (const [where, value] of everyText(one, text, `${place}.${name}`))
        yield [where, { ...whole, [name]: value }];
  } else if (shape.type === 'string' && shape.enum === undefined) {
    yield [place, text];
  }
}

/** What is only asked for and kept nowhere: it finds nobody, and nobody is told more. */
const SOUGHT = [
  'POST /api/v1/sign-in/links .email',
  'POST /api/v1/person-searches .email',
  'POST /api/v1/person-searches .phone',
  'POST /api/v1/person-searches .name',
  'POST /api/v1/account-searches .name',
];

test('1.2.minimal: a card number is refused in every text of every operation, told nowhere, and leaves nothing', async () => {
  const texts = operations.flatMap((one) => CARDS.flatMap((card) => bodiesOf(one, card)));
  const codes = new Map<string, string | undefined>();
  for (const { one, place, body } of texts) {
    const along = { body, as: cookies[one.who] };
    const answer = await examiner.handled(place, one, pathOf(one, { client }), along);
    codes.set(`${one.method} ${one.path} ${place}`, answer.status < 300 ? undefined : answer.body.code);
  }
  assert.deepEqual(
    [...codes].filter(([, code]) => code === undefined).map(([place]) => place),
    SOUGHT,
  );
  for (const card of CARDS) assert.deepEqual(await world.tablesHolding(card), []);
  const named = [...codes.values()].filter((code) => code === 'collect.card-number');
  assert.ok(named.length > 20, `${named.length} of ${codes.size} were refused for what they held`);
});

function bodiesOf(one: Operation, text: string) {
  return [...everyText(one.body ?? {}, text)].map(([place, body]) => ({ one, place, body }));
}
