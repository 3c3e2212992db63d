// Where the post stands: in our own page, or in one that the site's generator has built.
"use strict";

const copydeskRoom = location.protocol === "copydesk:" ? copydeskParts() : copydeskBuilt();
