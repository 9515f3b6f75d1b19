// compress.mjs FOLDER writes every text file of a built web app once more as .br and .gz, as small as
// they get; the server sends these and never compresses an asset itself.
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const folder = process.argv[2];
const text = /\.(html|js|css|svg|json|webmanifest|txt|wasm)$/;

for (const name of readdirSync(folder, { recursive: true })) {
  const path = join(folder, name);
  if (!text.test(path) || !statSync(path).isFile()) continue;
  const body = readFileSync(path);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
  };
  for (const [ending, small] of [
    [".br", brotliCompressSync(body, { params })],
    [".gz", gzipSync(body, { level: 9 })],
  ]) {
    // What does not get smaller is sent as it is.
    if (small.length < body.length) writeFileSync(path + ending, small);
  }
}
