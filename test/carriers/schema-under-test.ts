/** One subgraph with every shape that a reply can have. */
export const SDL = /* GraphQL */ `
  scalar Anything
  enum Stage { OPEN CLOSED UNDER_REVIEW }
  interface Named { id: ID! name: String }
  type Query {
    ship(id: ID): Ship
    ships(first: Int): [Ship!]!
    named: [Named]
    found: Found
    grid: [[Int]]
    corners: [[Place!]!]
    count: Int!
    subjects: [Subject]
    ratio: Float
    anything: Anything
  }
  type Ship implements Named {
    id: ID!
    name: String
    stage: Stage
    stages: [Stage!]
    weight: Float @tag(name: "L2")
    crew: Int
    isHome: Boolean!
    tags: [String]
    extra: Anything
    place: Place
    sisters: [Ship]
    owner: Found
    holder: Subject
  }
  type Person implements Named { id: ID! name: String @tag(name: "L3") age: Int! place: Place! }
  type Subject implements Named { id: ID! ref: String name: String ships: [Ship] }
  type Place { township: String! x: Float! y: Float }
  union Found = Ship | Person | Place | Subject
`;
