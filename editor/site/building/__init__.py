"""The site as its own generator builds it: `SiteBuild` in our cache, `SiteServer` in the site itself.

    Site ──▶ mirror.py     a copy of the site in our cache, kept in step with it, the unsaved text laid over it
               │           (its history: history.py)
               ├─▶ commands.py   what to run, and where: a function a generator; programs.py finds the program
               ├─▶ running.py    runs it as a group of processes: lines as they come, cancel, time limit
               ├─▶ problems.py   what it complained of, by file and line of the site
               └─▶ results.py    BuildResult; pages.py: where the page of a post is; addresses.py: the site's own
    build.py puts them together. serving.py runs the generator's own server in the site.

Nothing here runs for a site that is not trusted, and a build writes nothing in the site.
"""
