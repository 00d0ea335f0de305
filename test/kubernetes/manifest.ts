/** What the manifest of a load in a cluster says, as far as one machine can do it. */
import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';

interface Variable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: { readonly secretKeyRef: { readonly name: string; readonly key: string } };
}

interface Container {
  readonly name: string;
  readonly args: readonly string[];
  readonly env?: readonly Variable[];
}

const file = new URL('../../load/kubernetes/load.yaml', import.meta.url);

export class Manifest {
  readonly #documents: readonly Record<string, any>[] = parseAllDocuments(
    readFileSync(file, 'utf8'),
  ).map((each) => each.toJSON() as Record<string, any>);

  get shards(): number {
    return this.#of('StatefulSet')['spec'].replicas;
  }

  get testRun(): any {
    return this.#of('TestRun')['spec'];
  }

  container(name: string): Container {
    const { containers } = this.#of('StatefulSet')['spec'].template.spec;
    return containers.find((each: Container) => each.name === name);
  }

  /** What a pod is told; fields of secrets by name. */
  environment(variables: readonly Variable[] = []): Record<string, string> {
    return Object.fromEntries(
      variables.map(({ name, value, valueFrom }) => [
        name,
        value ?? this.#secret(valueFrom?.secretKeyRef),
      ]),
    );
  }

  #secret(named: { readonly name: string; readonly key: string } | undefined): string {
    const secret = this.#of('Secret');
    if (named === undefined || secret['metadata'].name !== named.name)
      throw new Error(`The manifest has no secret ${named?.name ?? 'of no name'}.`);
    return secret['stringData'][named.key];
  }

  #of(kind: string): Record<string, any> {
    return this.#documents.find((each) => each['kind'] === kind) as Record<string, any>;
  }
}
