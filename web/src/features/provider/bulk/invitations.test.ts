import { describe, expect, it } from "vitest";
import { addressOf, guess, invitationsOf, isAddress, roleOf, withMeaning } from "./invitations";
import { readTable } from "./table";

const isData = (cell: string) => isAddress(addressOf(cell));
const clients = new Set(["example bakery", "example school"]);
const isClient = (name: string) => clients.has(name.toLowerCase());
const read = (text: string) => readTable(text, isData);
const defaults = { client: "", type: 2 } as const;

function brief(text: string) {
  const table = read(text);
  return invitationsOf(table, guess(table, isClient), defaults).map(
    ({ line, client, email, type, groups, problem }) =>
      `${line} ${client} | ${email} | ${type} | ${groups.join("+")} | ${problem ?? "fine"}`,
  );
}

describe("tables of invitations", () => {
  it.each([
    [
      "English headings and commas",
      'Client,E-mail,Role,Groups\nExample Bakery,ida@example.test,Admin,"Bakers; Night shift"',
    ],
    [
      "German headings and semicolons, as a spreadsheet in Germany writes them",
      "\uFEFFKunde;E-Mail-Adresse;Rolle;Gruppen\r\nExample Bakery;IDA@example.test;Administratorin;Bakers, Night shift\r\n",
    ],
    [
      "tabs, other columns between, and another order",
      "Last name\tMail\tGruppe\tOrganisation\tTyp\nIntern\tIda <ida@example.test>\tBakers|Night shift\tExample Bakery\tadmin",
    ],
  ])("are read with %s", (_, text) => {
    expect(brief(text)).toEqual(["2 Example Bakery | ida@example.test | 1 | Bakers+Night shift | fine"]);
  });

  it("are read without headings, by what stands in the columns", () => {
    expect(brief("ida@example.test,Example Bakery,user\npaul@example.test,Exampel Bakery,owner")).toEqual([
      "1 Example Bakery | ida@example.test | 2 |  | fine",
      "2 Exampel Bakery | paul@example.test | 0 |  | fine",
    ]);
  });

  it("say what is wrong with a line", () => {
    expect(
      brief(
        "Client,Email,Role\n,a@example.test,\nExample Bakery,nobody,\nExample Bakery,b@example.test,king\n" +
          "Example Bakery,c@example.test,\nexample bakery,C@example.test,",
      ),
    ).toEqual([
      "2  | a@example.test | 2 |  | noClient",
      "3 Example Bakery | nobody | 2 |  | noAddress",
      "4 Example Bakery | b@example.test | 2 |  | unknownRole",
      "5 Example Bakery | c@example.test | 2 |  | fine",
      "6 example bakery | c@example.test | 2 |  | twice",
    ]);
  });

  it("take client and role for all lines where there is no column for them", () => {
    const table = read("Mail\nida@example.test");
    const got = invitationsOf(table, guess(table, isClient), { client: "Example School", type: 1 });
    expect(got.map(({ client, type, problem }) => [client, type, problem])).toEqual([
      ["Example School", 1, null],
    ]);
  });

  it("keep short lines and empty ones from shifting anything", () => {
    const table = read("Client,Email,Role\n\nExample Bakery,ida@example.test\n,,\n");
    expect(table.rows).toEqual([["Example Bakery", "ida@example.test", ""]]);
  });
});

describe("roles", () => {
  it.each([
    ["Owner", 0],
    ["EIGENTÜMERIN", 0],
    ["Administrator", 1],
    [" Benutzer ", 2],
    ["custom", null],
    ["", null],
  ] as const)("%s is %s", (word, type) => {
    expect(roleOf(word)).toBe(type);
  });
});

describe("the meaning of a column", () => {
  it("leaves the column that had it before", () => {
    expect(withMeaning(["client", "email", null], 2, "client")).toEqual([null, "email", "client"]);
  });

  it("can be taken away", () => {
    expect(withMeaning(["client", null], 0, null)).toEqual([null, null]);
  });
});
