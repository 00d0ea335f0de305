export const loadPage = async (_: unknown): Promise<string> => '';
