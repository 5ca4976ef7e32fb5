import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig } from './config.ts';

const main = 'postgres://hjemmel@db.example/hjemmel';
const keys = 'postgres://hjemmel@keys.example/keys';

test('without any variable the product runs here, on its own database', () => {
  const config = readConfig({}, '/srv');
  assert.equal(config.databaseUrl, undefined);
  assert.equal(config.smtpUrl, undefined);
  assert.equal(config.baseUrl, 'http://localhost:4000');
  assert.equal(config.brregUrl, 'https://data.brreg.no');
  assert.equal(config.host, '127.0.0.1');
  assert.match(config.dataDir, /^\/.*\/\.data$/);
  assert.equal(config.masterKeyFile, `${config.dataDir}/master.key`);
  assert.match(config.statementDir, /\/statement$/);
  assert.ok(Object.isFrozen(config));
});

test('a relative path starts where the command was given, and an empty variable counts as unset', () => {
  const config = readConfig(
    { DATA_DIR: 'data', MASTER_KEY_FILE: '../secret/key', PORT: '', BASE_URL: ' ' },
    '/srv/app',
  );
  assert.equal(config.dataDir, '/srv/app/data');
  assert.equal(config.masterKeyFile, '/srv/secret/key');
  assert.equal(config.baseUrl, 'http://localhost:4000');
});

test('every variable is taken up', () => {
  const config = readConfig({
    DATABASE_URL: main,
    KEYS_URL: keys,
    SMTP_URL: 'smtps://mail.example',
    BASE_URL: 'https://www.example/',
    PORT: '8080',
    HOST: '0.0.0.0',
    LOG_LEVEL: 'debug',
    ROLE_PREFIX: 'hj2',
    STATEMENT_DIR: '/etc/statement',
    BRREG_URL: 'http://127.0.0.1:8081/brreg/',
  });
  assert.deepEqual(
    [config.databaseUrl, config.keysUrl, config.smtpUrl, config.baseUrl, config.port, config.host],
    [main, keys, 'smtps://mail.example', 'https://www.example', 8080, '0.0.0.0'],
  );
  assert.deepEqual(
    [config.logLevel, config.rolePrefix, config.statementDir],
    ['debug', 'hj2', '/etc/statement'],
  );
  assert.equal(config.brregUrl, 'http://127.0.0.1:8081/brreg');
});

test('a wrong value stops the start with the name of the variable and the cure, and never shows the value', () => {
  const wrong: readonly [string, Record<string, string>][] = [
    ['KEYS_URL', { DATABASE_URL: main }],
    ['DATABASE_URL', { KEYS_URL: keys }],
    ['KEYS_URL', { DATABASE_URL: main, KEYS_URL: `${main}?sslmode=require` }],
    ['DATABASE_URL', { DATABASE_URL: 'mysql://root:hemmelig@db.example/x', KEYS_URL: keys }],
    ['DATABASE_URL', { DATABASE_URL: 'hemmelig', KEYS_URL: keys }],
    ['SMTP_URL', { SMTP_URL: 'https://hemmelig.example' }],
    ['BRREG_URL', { BRREG_URL: 'https://user:hemmelig@data.example' }],
    ['BRREG_URL', { BRREG_URL: 'ftp://hemmelig.example' }],
    ['BRREG_URL', { BRREG_URL: 'https://data.example/?hemmelig' }],
    ['PORT', { PORT: '80a' }],
    ['PORT', { PORT: '0' }],
    ['PORT', { PORT: '65536' }],
    ['BASE_URL', { BASE_URL: 'localhost:4000' }],
    ['BASE_URL', { BASE_URL: 'https://www.example/app' }],
    ['BASE_URL', { BASE_URL: 'https://hemmelig@www.example' }],
    ['HOST', { HOST: 'http://0.0.0.0' }],
    ['LOG_LEVEL', { LOG_LEVEL: 'verbose' }],
    ['ROLE_PREFIX', { ROLE_PREFIX: 'Hjemmel; drop' }],
    ['ROLE_PREFIX', { ROLE_PREFIX: 'pg_hjemmel' }],
  ];
  for (const [name, env] of wrong) {
    assert.throws(
      () => readConfig(env),
      (error: Error) => {
        assert.equal(error.name, 'Fault', JSON.stringify(env));
        assert.match(error.message, new RegExp(`^${name}\\b.*: .*\\.$`));
        assert.doesNotMatch(error.message, /hemmelig/);
        return true;
      },
    );
  }
});
