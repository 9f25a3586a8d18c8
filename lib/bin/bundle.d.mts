export function bundleEndpoint(root: string, file: string): Promise<void>;
