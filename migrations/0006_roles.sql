-- What the person of a session may do: the names of their roles, with spaces between. Who signed in before there were roles could do all.
ALTER TABLE session ADD COLUMN roles TEXT NOT NULL DEFAULT 'administrator';
