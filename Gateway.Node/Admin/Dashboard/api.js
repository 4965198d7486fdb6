// The way to the gateway that served this page. It answers for the whole cluster.

/** The gateway refused; its own words. */
export class Refusal extends Error {
  constructor(status, words) {
    super(words);
    this.status = status;
  }
}

/** Nobody answered. */
export class Silence extends Error {}

/** "answered", "silent" and "locked" (a token is needed), as it changes. */
export const link = new EventTarget();

const Patience = 5000;

export const get = (path, query = {}) => call("GET", path, query);

export const post = (path, query = {}, body = null) => call("POST", path, query, body);

async function call(method, path, query, body = null) {
  const terms = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== ""));
  let response;
  let answer = null;
  try {
    response = await fetch(`${path}${terms.size ? `?${terms}` : ""}`, {
      method,
      signal: AbortSignal.timeout(Patience),
      credentials: "same-origin",
      ...(body ? { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) } : {}),
    });
    const words = await response.text();
    answer = words ? parse(words) : null;
  } catch (failure) {
    link.dispatchEvent(new Event("silent"));
    throw new Silence(failure.name === "TimeoutError" ? "no answer in time" : "no answer");
  }
  if (response.status === 401 && path !== "login") link.dispatchEvent(new Event("locked"));
  else link.dispatchEvent(new Event("answered"));
  if (!response.ok) throw new Refusal(response.status, refusalWords(answer, response));
  return answer;
}

function parse(words) {
  try {
    return JSON.parse(words);
  } catch {
    return null;
  }
}

/** An error of the whole, or those of the gateways that have not done it. */
function refusalWords(answer, response) {
  const failed = answer?.nodes?.filter(node => node.error).map(node => `${node.node}: ${node.error}`);
  return answer?.error ?? (failed?.length ? failed.join("; ") : `${response.status} ${response.statusText}`);
}
