// Stripe's fixtures against the objects that were answered.
import { readFileSync } from 'node:fs';

const simulator = '../../src/IptCloud.StripeSimulator/Fixtures/';
const read = name => JSON.parse(readFileSync(new URL(simulator + name, import.meta.url), 'utf8'));
const published = read('fixtures3.json').resources, drift = read('drift.json');

export const checkFixtures = calls => {
  const faults = [], seen = new Set();
  for (const [kind, { set = {}, add = {}, remove = [] }] of Object.entries(drift)) {
    for (const key of [...Object.keys(set), ...remove]) if (!(key in published[kind])) faults.push(`fixtures: drift.json changes ${kind}.${key}, which Stripe's fixture lacks`);
    for (const key of Object.keys(add)) if (key in published[kind]) faults.push(`fixtures: drift.json adds ${kind}.${key}, which Stripe's fixture has`);
  }

  const look = (value, path) => {
    if (Array.isArray(value)) return value.forEach(element => look(element, path));
    if (value === null || typeof value !== 'object') return;
    const kind = value.object;
    if (typeof kind === 'string' && kind !== 'list' && !value.deleted && !path.endsWith('previous_attributes')) {
      if (!published[kind]) return faults.push(`fixtures: Stripe publishes no ${kind}`);
      seen.add(kind);
      const { add = {}, remove = [], optional = [] } = drift[kind] ?? {};
      const wanted = [...Object.keys(published[kind]), ...Object.keys(add)].filter(key => !remove.includes(key));
      const needed = wanted.filter(key => !optional.includes(key));
      for (const key of needed) if (!(key in value)) faults.push(`fixtures: ${kind} lacks ${key}`);
      for (const key of Object.keys(value)) if (!wanted.includes(key) && !optional.includes(key)) faults.push(`fixtures: ${kind} has ${key}, which Stripe's fixture lacks`);
    }
    for (const [key, inner] of Object.entries(value)) if (key !== 'metadata') look(inner, `${path}.${key}`);
  };
  for (const call of calls) look(call.response, '');
  for (const kind of Object.keys(drift)) if (!seen.has(kind)) faults.push(`fixtures: no ${kind} was answered`);
  return faults;
};
