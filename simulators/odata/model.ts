/**
 * The model of an OData V2 service: entity types, their properties and navigations, function imports.
 * `$metadata`, parsing, filtering and writing all read it, so that they cannot disagree.
 */

export type EdmType =
  | 'Edm.String'
  | 'Edm.Boolean'
  | 'Edm.Decimal'
  | 'Edm.DateTime'
  | 'Edm.DateTimeOffset'
  | 'Edm.Time'
  | 'Edm.Guid'
  | 'Edm.Byte'
  | 'Edm.Int16'
  | 'Edm.Int32'
  | 'Edm.Double';

export interface Property {
  readonly name: string;
  readonly type: EdmType;
  readonly maxLength?: number;
  readonly precision?: number;
  readonly scale?: number;
  readonly isKey: boolean;
  readonly creatable: boolean;
  readonly updatable: boolean;
  /** Stored without leading zeros: `00010` and `10` are the same (ALPHA conversion). */
  readonly alpha: boolean;
}

export interface Navigation {
  readonly name: string;
  /** Entity set that it leads to. */
  readonly target: string;
  readonly many: boolean;
}

export interface EntityType {
  /** Entity set; the type is called `<set>Type`. */
  readonly set: string;
  readonly name: string;
  readonly properties: readonly Property[];
  readonly byName: ReadonlyMap<string, Property>;
  readonly keys: readonly Property[];
  readonly navigations: ReadonlyMap<string, Navigation>;
  readonly creatable: boolean;
  readonly updatable: boolean;
  readonly deletable: boolean;
}

export interface ComplexType {
  readonly name: string;
  readonly properties: readonly Property[];
}

export interface Parameter {
  readonly name: string;
  readonly type: EdmType;
  readonly maxLength?: number;
}

export interface FunctionImport {
  readonly name: string;
  readonly method: 'GET' | 'POST';
  readonly parameters: readonly Parameter[];
  /** Entity set whose type it returns, or a complex type. */
  readonly returns: { readonly set: string } | { readonly complex: string };
}

export interface ServiceModel {
  /** Also its schema's namespace. */
  readonly name: string;
  readonly entityTypes: ReadonlyMap<string, EntityType>;
  readonly complexTypes: readonly ComplexType[];
  readonly functions: ReadonlyMap<string, FunctionImport>;
}

/** A value as documents and filters hold it: dates `YYYY-MM-DD`, instants RFC 3339, decimals text. */
export type Value = string | number | boolean | undefined;
