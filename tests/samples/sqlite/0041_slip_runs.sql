-- Slips that came in two runs of the program.
UPDATE slip_box SET runs = 2;
