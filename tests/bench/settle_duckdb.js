// SPDX-License-Identifier: Apache-2.0
// DuckDB on the rows of bench-settle, for tests/bench/settle.py; prints as bench-settle fold does.
//
//      node settle_duckdb.js load DATABASE CSV
//      node settle_duckdb.js run DATABASE SQL RUNS
'use strict';

const { readFileSync } = require('fs');
const { DuckDBInstance } = require('@duckdb/node-api');

// Sixteen octets in one number: faster to group by than two columns, or than octets.
const LOAD = csv => `
    create table rows as
        select hi::hugeint * 18446744073709551616::hugeint + lo as member,
               month, category, risk, cents
        from read_csv('${csv}', header = false, columns = {
            hi: 'bigint', lo: 'bigint', month: 'usmallint', category: 'utinyint',
            risk: 'uinteger', cents: 'bigint' })`;

async function connect(database, options) {
    return (await DuckDBInstance.create(database, options)).connect();
}

async function load(database, csv) {
    const connection = await connect(database, {});
    await connection.run(LOAD(csv));
    await connection.run('checkpoint');
}

function statusKiB(name) {
    return Number(readFileSync('/proc/self/status', 'utf8').match(`${name}:\\s*(\\d+)`)[1]);
}

async function run(database, sql, runs) {
    const connection = await connect(database, { access_mode: 'READ_ONLY', threads: '2' });
    let rows;
    for (let i = 0; i < runs; i++) {
        const begun = process.hrtime.bigint();
        rows = (await connection.runAndReadAll(sql)).getRows();
        console.log(`seconds ${Number(process.hrtime.bigint() - begun) / 1e9}`);
    }
    console.log(`KiB ${statusKiB('VmHWM') - statusKiB('RssFile')}`);
    for (const row of rows)
        console.log(`answer ${row.map(String).join(' ')}`);
}

const [verb, ...rest] = process.argv.slice(2);
const done = verb === 'load' ? load(...rest) : run(rest[0], rest[1], Number(rest[2]));
done.catch(error => {
    console.error(String(error));
    process.exit(1);
});
