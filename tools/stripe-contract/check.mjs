// Compares a recorded run against the simulator with what Stripe itself has published.
//   node check.mjs RECORD.jsonl [requests|types|fixtures|all]
// requests: each request against Stripe's OpenAPI description; what its older version lacks is listed in older.json
// types:    each request and answer against the types of the npm package stripe, of the same API version, by tsc --strict
// fixtures: each object has the keys of Stripe's fixture, apart from what the simulator's drift.json lists
import { readFileSync } from 'node:fs';
import { checkRequests } from './requests.mjs';
import { checkTypes } from './types.mjs';
import { checkFixtures } from './fixtures.mjs';

const [, , file, only = 'all'] = process.argv;
const calls = readFileSync(file, 'utf8').trim().split('\n').map(line => JSON.parse(line));
// All three see the requests with their numbers and booleans, which only the description knows.
const requests = checkRequests(calls);
const faults = [
  ...(only === 'all' || only === 'requests' ? requests.faults : []),
  ...(only === 'all' || only === 'types' ? checkTypes(calls, requests.typed) : []),
  ...(only === 'all' || only === 'fixtures' ? checkFixtures(calls) : []),
];
for (const fault of new Set(faults)) console.log(fault);
console.log(`${calls.length} calls, ${faults.length} faults`);
process.exit(faults.length ? 1 : 0);
