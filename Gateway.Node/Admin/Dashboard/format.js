// Figures and times in words; one form everywhere.

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const steps = ["B", "kB", "MB", "GB", "TB", "PB"];

export const count = value => whole.format(value ?? 0);

/** 1234567 → "1.23 MB": three digits. */
export function octets(value) {
  if (value === null || value === undefined) return "–";
  let step = 0;
  while (value >= 999.5 && step < steps.length - 1) {
    value /= 1000;
    step++;
  }
  return `${step === 0 ? whole.format(value) : digits(value)} ${steps[step]}`;
}

export const rate = perSecond => perSecond === null || perSecond === undefined ? "–" : `${octets(perSecond)}/s`;

/** Milliseconds → "0.42 ms", "12 ms", "1.8 s", "3 min". */
export function span(ms) {
  if (ms === null || ms === undefined) return "–";
  if (ms < 1000) return `${digits(ms)} ms`;
  if (ms < 60_000) return `${digits(ms / 1000)} s`;
  return long(ms);
}

/** "4 s", "12 min", "3 h 20 min", "5 d 2 h". */
export function long(ms) {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ${Math.floor(seconds % 3600 / 60)} min`;
  return `${Math.floor(seconds / 86_400)} d ${Math.floor(seconds % 86_400 / 3600)} h`;
}

const digits = value => value >= 99.95 ? whole.format(value) : value >= 9.995 ? value.toFixed(1) : value.toFixed(2);

const two = number => String(number).padStart(2, "0");

/** Local time, "18:04:09". */
export const clock = date => `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;

/** The day too, where it is not today: "25 Nov 18:04:09". */
export function moment(date) {
  const today = new Date();
  return date.toDateString() === today.toDateString() ? clock(date)
    : `${date.getDate()} ${date.toLocaleString("en", { month: "short" })} ${clock(date)}`;
}

export const family = name => name === "ipv4" ? "IPv4" : name === "ipv6" ? "IPv6" : "any family";

/** "[2001:db8::1]:443" or "192.0.2.1:443" → "ipv6" or "ipv4"; null for a name. */
export const familyOf = endpoint => !endpoint ? null : endpoint.startsWith("[") ? "ipv6" : /^\d+\.\d+\.\d+\.\d+(:|$)/.test(endpoint) ? "ipv4" : null;

export const plural = (number, one, many = `${one}s`) => `${count(number)} ${number === 1 ? one : many}`;
