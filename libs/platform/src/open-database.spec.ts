import { expect, it } from 'vitest';
import { ConfigError } from './config';
import { assertNewEnough } from './open-database';

it.each(['9.6.24', '17.5 (Debian 17.5-1.pgdg120+1)'])('refuses PostgreSQL %s by the name of the variable', (version) => {
  expect(() => assertNewEnough(version)).toThrow(new ConfigError([`DATABASE_URL: expected PostgreSQL 18 or newer; this one is ${version}`]));
});

it.each(['18.4', '18beta1', '19.0 (Ubuntu)'])('takes PostgreSQL %s', (version) => {
  expect(() => assertNewEnough(version)).not.toThrow();
});
