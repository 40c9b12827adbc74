const minute = 60_000;

/** How long answers count as fresh, and are kept unwatched, in ms. Live events keep them fresh meanwhile. */
export const listTimes = { staleTime: 5 * minute, gcTime: 10 * minute };
export const detailTimes = { staleTime: 2 * minute, gcTime: 10 * minute };
export const searchTimes = { staleTime: minute / 2, gcTime: 10 * minute };
export const teamTimes = { staleTime: 10 * minute, gcTime: 10 * minute };
