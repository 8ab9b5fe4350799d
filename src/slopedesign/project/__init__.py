"""What the designer states: frozen input records with unit and range, the project file, its migrations."""
