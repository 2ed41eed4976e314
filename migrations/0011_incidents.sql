-- Incidents and planned maintenance, as they stand; the document holds what they are about and what was told of them.
CREATE TABLE incident (
    id        BIGINT PRIMARY KEY,
    number    BIGINT NOT NULL UNIQUE,
    version   BIGINT NOT NULL,
    state     TEXT   NOT NULL,
    document  TEXT   NOT NULL,
    opened_at BIGINT NOT NULL,
    ended_at  BIGINT,
    -- How many tickets are linked. Whoever links one holds the row, so that no link falls between the end and the telling of it.
    linked    BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX incident_open ON incident (number) WHERE ended_at IS NULL;
CREATE INDEX incident_ended ON incident (ended_at) WHERE ended_at IS NOT NULL;
INSERT INTO last_number (what, number) VALUES ('incident', 0);

-- What happened to incidents, append-only; nth counts an incident's events from 1, as its version does.
CREATE TABLE incident_event (
    id            BIGINT PRIMARY KEY,
    incident      BIGINT NOT NULL REFERENCES incident (id),
    nth           BIGINT NOT NULL,
    operator      TEXT   NOT NULL,
    operator_name TEXT   NOT NULL,
    what          TEXT   NOT NULL,
    at            BIGINT NOT NULL,
    UNIQUE (incident, nth)
);

-- Ends that not everybody who waits has been told of: up to which ticket they have. turn changes when it begins anew.
CREATE TABLE incident_telling (
    incident BIGINT PRIMARY KEY REFERENCES incident (id),
    event    BIGINT NOT NULL,
    turn     BIGINT NOT NULL,
    told_to  BIGINT NOT NULL
);

ALTER TABLE ticket ADD COLUMN incident BIGINT;
CREATE INDEX ticket_of_incident ON ticket (incident, id) WHERE incident IS NOT NULL;
