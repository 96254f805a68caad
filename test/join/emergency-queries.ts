/** What can be asked once the department has joined: its own register, and its facets next to others'. */
export const HAZCHEM_LICENCES = `query {
  licences(where: { type: [HAZARDOUS_CHEMICALS] }, orderBy: [{ validTo: DESC }], first: 10) {
    totalCount
    nodes {
      id
      department
      type
      number
      name
      validFrom
      validTo
      state
      expired
      issuer
      quality
      subject { name market { registration { regState } } }
      hazchem { firmName scope issuedAt unitType tradeMode storageAddress }
    }
    coverage { interface state rows }
  }
}`;

export const FIRM = `query($uscc: String!) {
  subject(by: { uscc: $uscc }) {
    name
    market { registration { regState } }
    licences(first: 10) { nodes { type number expired } }
    emergency { hazards { content basis establishedBy establishedOn closedOn quality } }
  }
}`;

export const LAPSED_TRADERS = `query {
  subjects(where: { licences: { type: [HAZARDOUS_CHEMICALS], expired: true } }, first: 10) {
    totalCount
    nodes { name emergency { hazards(first: 1) { content } } }
  }
}`;
