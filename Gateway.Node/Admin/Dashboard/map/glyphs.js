// A state is a colour and a shape, in a square of 14.

export const glyphs = {
  up: "M2.5 7.5l3 3 6-7",
  draining: "M5 3v8M9 3v8",
  ejected: "M3 8.2L7 3l4 5.2zM3 11.2h8",
  warned: "M7 2.5v6M7 11.4v.1",
  unreachable: "M3 3l8 8M11 3l-8 8",
  silent: "M3 3l8 8M11 3l-8 8",
  gone: "M3 7h8",
  missing: "M4.6 4.9a2.4 2.4 0 1 1 3.5 2.2c-.8.4-1.1.8-1.1 1.6M7 11.4v.1",
  outside: "M3 7h7.5M7.5 4l3 3-3 3",
};
