-- The settings and the role of the connection again, whatever a migration has set.
RESET SESSION AUTHORIZATION;
RESET ROLE;
RESET ALL;
