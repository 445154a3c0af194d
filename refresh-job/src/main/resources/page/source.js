// Where figures come from: the run that the server shows, and what it answers about that run.

/** The run on the page. skew is the server's clock minus ours. */
export const source = { run: null, queries: [], refreshedAt: null, explorable: false, runs: [], skew: 0 };

const PATIENCE = 20_000;
const TRIES = 30;

/** An answer other than JSON with 200; status 0 where there was none. */
export class Problem extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

async function once(path, signal) {
  const limit = AbortSignal.timeout(PATIENCE);
  let response, text;
  try {
    response = await fetch(path, { signal: signal && AbortSignal.any ? AbortSignal.any([signal, limit]) : signal ?? limit });
    text = await response.text();
  } catch (e) {
    if (signal?.aborted) throw e;
    throw new Problem("The server of this page does not answer", 0);
  }
  const body = parsed(text);
  if (response.ok && body) return body;
  const problem = new Problem(body?.error ?? "The server answered " + response.status + (response.ok ? ", but nothing that this page can read" : ""), response.status);
  problem.again = response.headers.has("Retry-After");
  throw problem;
}

/** A JSON object, or null where it is something else, such as the page of a proxy on the way. */
function parsed(text) {
  try {
    const value = JSON.parse(text);
    return value instanceof Object ? value : null;
  } catch {
    return null;
  }
}

/** JSON from the server. What is still being worked out is asked for again. */
export async function json(path, signal) {
  for (let tried = 1; ; tried++) {
    try {
      return await once(path, signal);
    } catch (e) {
      if (!e.again || tried === TRIES) throw e;
      await new Promise((done) => setTimeout(done, 700));
      signal?.throwIfAborted();
    }
  }
}

/** Address of a query's rows; parameters that are empty are left out. */
export function path(query, parameters = {}, suffix = "") {
  const given = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== "" && value !== undefined));
  const text = given.toString();
  return "/api/runs/" + encodeURIComponent(source.run) + "/" + encodeURIComponent(query) + suffix + (text ? "?" + text : "");
}

/** A query's document, with rows as objects: they travel as arrays, which is shorter. */
export async function ask(query, parameters, signal) {
  const found = await json(path(query, parameters), signal);
  const names = found.columns.map((c) => c.name);
  return { ...found, values: found.rows, rows: found.rows.map((row) => Object.fromEntries(row.map((value, i) => [names[i], value]))) };
}
