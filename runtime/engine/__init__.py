"""What happens to a dossier, decided without database, clock or network.

`advance` turns an event into a record of results, `fold` turns records into the state, `effects` names what
the outside has to do. The shell (`runtime.acts`) writes all three in one transaction.
"""
