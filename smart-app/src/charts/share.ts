/** A part of a whole as a length of a style: 0.5 is `50%`. */
export const share = (part: number): string => `${Math.round(part * 10_000) / 100}%`;
