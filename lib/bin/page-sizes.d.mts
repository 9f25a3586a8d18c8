export function pageSizes(folder: string): { page: string; bytes: number }[];
export function printPageSizes(folder: string): void;
