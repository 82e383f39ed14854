// Asks Prisma's own schema engine, which its command line uses, too.
//
//   node engine.mjs URL SCHEMA METHOD FOLDER [NAME]   one JSON object: {"ok": …} or {"error": …, "code": …}
//   node engine.mjs URL SCHEMA query SQL              the rows
import { existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";

const [url, schema, method, folder, migrationName] = process.argv.slice(2);

function migrations() {
  const lock = path.join(folder, "migration_lock.toml");
  const names = readdirSync(folder, { withFileTypes: true }).filter((each) => each.isDirectory()).map((each) => each.name);
  return {
    baseDir: folder,
    lockfile: { path: "./migration_lock.toml", content: existsSync(lock) ? readFileSync(lock, "utf8") : null },
    shadowDbInitScript: "",
    migrationDirectories: names.sort().map((name) => ({
      path: name,
      migrationFile: {
        path: "migration.sql",
        content: { tag: "ok", value: readFileSync(path.join(folder, name, "migration.sql"), "utf8") },
      },
    })),
  };
}

// The adapter cuts a file at each semicolon, even in bodies of functions; the command line's engine sends it as it is.
function whole(factory) {
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    adapter.executeScript = async (script) => {
      try {
        await adapter.underlyingDriver().query(script);
      } catch (error) {
        adapter.onError(error);
      }
    };
    return adapter;
  };
  return factory;
}

async function ask() {
  const folderOfEngine = path.dirname(fileURLToPath(import.meta.resolve("@prisma/schema-engine-wasm")));
  const { instance } = await WebAssembly.instantiate(
    readFileSync(path.join(folderOfEngine, "schema_engine_bg.wasm")), { "./schema_engine_bg.js": bindings });
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  const factory = whole(new PrismaPg({ connectionString: url, max: 1 }, { schema }));
  const engine = await bindings.SchemaEngine.new(
    { datamodels: undefined }, () => {}, bindMigrationAwareSqlAdapterFactory(factory));
  const filters = { externalTables: [], externalEnums: [] };
  const input = {
    applyMigrations: () => ({ migrationsList: migrations(), filters }),
    diagnoseMigrationHistory: () => ({ migrationsList: migrations(), filters, optInToShadowDatabase: false }),
    markMigrationApplied: () => ({ migrationsList: migrations(), migrationName }),
    markMigrationRolledBack: () => ({ migrationName }),
  }[method]();
  return engine[method](input);
}

async function query(sql) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const result = await client.query(sql);
  await client.end();
  return [result].flat().at(-1).rows;
}

let answer;
try {
  answer = { ok: await (method === "query" ? query(folder) : ask()) };
} catch (error) {
  answer = { error: error.message, code: error.code };
}
process.stdout.write(JSON.stringify(answer) + "\n", () => process.exit());
