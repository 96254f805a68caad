/** Subgraphs that join in every way: keys of one, of several and of nested fields, `@requires`, lists of lists, interfaces, unions. */
export const SUBGRAPHS = {
  ships: {
    sdl: /* GraphQL */ `
      scalar Anything
      type Query {
        ship(id: ID): Ship
        ships(first: Int): [Ship!]!
        named: [Named]
        found: Found
        grid: [[Ship]]
        person: Person
        subjects: [Subject]
      }
      interface Named { id: ID! name: String }
      type Ship implements Named @key(fields: "id") @key(fields: "reg { port no }") {
        id: ID!
        name: String
        reg: Reg! @shareable
        weight: Float
        length: Int
        crewSize: Int!
        tags: [String!]
        home: Place @shareable
        owner: Found
        sisters: [[Ship]]
        crew: [Person!]
        notes: Anything
      }
      type Reg @shareable { port: String! no: Int! }
      type Person implements Named @key(fields: "family given") {
        id: ID!
        name: String
        family: String!
        given: String!
        ship: Ship
      }
      type Place { township: String! x: Float @shareable }
      type Subject @key(fields: "id") { id: ID! ref: String name: String }
      union Found = Ship | Person | Subject
    `,
  },
  crews: {
    sdl: /* GraphQL */ `
      scalar Anything
      enum Stage { OPEN CLOSED UNDER_REVIEW }
      type Ship @key(fields: "id") {
        id: ID!
        weight: Float @external
        length: Int @external
        tags: [String!] @external
        notes: Anything @external
        captain: Person
        mates: [[Person]]
        load: Int @requires(fields: "weight length")
        label: String @requires(fields: "tags")
        remark: String @requires(fields: "notes")
        stage: Stage!
        holder: Subject
      }
      type Person @key(fields: "family given") {
        family: String!
        given: String!
        age: Int!
        boss: Person
        ships: [Ship!]
      }
      type Subject @key(fields: "id") { id: ID! holds: [Ship] }
    `,
  },
  ports: {
    sdl: /* GraphQL */ `
      type Query { berths: [Berth] }
      type Ship @key(fields: "reg { port no }") {
        reg: Reg! @shareable
        berth: Berth
        home: Place @shareable
        visits: [Visit!]!
      }
      type Reg @shareable { port: String! no: Int! }
      type Visit { day: String ship: Ship by: Person }
      type Place { x: Float @shareable y: Float }
      type Berth @key(fields: "code") { code: ID! ships: [Ship] depth: Float }
      type Person @key(fields: "family given") { family: String! given: String! birthplace: String }
    `,
  },
  depths: {
    sdl: /* GraphQL */ `
      type Berth @key(fields: "code") {
        code: ID!
        depth: Float @external
        isDeep: Boolean @requires(fields: "depth")
        next: Berth
      }
    `,
  },
} as const;
